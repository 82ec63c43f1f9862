-- By what a source knows a partition again.
alter table checkpoint add column landmark varchar(200);
