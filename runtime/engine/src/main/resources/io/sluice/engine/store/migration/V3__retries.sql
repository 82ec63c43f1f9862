-- Records that are tried again later, while records behind them may be delivered.
create table open_retry (
  flow           varchar(255)  not null,
  partition_name varchar(1000) not null,
  incarnation    integer       not null,
  record_position bigint       not null,
  attempts       integer       not null,
  first_failure  timestamp(3) with time zone not null,
  due            timestamp(3) with time zone not null,
  primary key (flow, partition_name, incarnation, record_position)
);
