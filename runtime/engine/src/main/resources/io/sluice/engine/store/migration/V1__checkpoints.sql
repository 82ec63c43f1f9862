create table checkpoint (
  flow             varchar(255)  not null,
  partition_name   varchar(1000) not null,
  incarnation      integer       not null,
  next_position    bigint        not null,
  target_partition varchar(1000),
  target_next      bigint,
  epoch            bigint        not null,
  updated_at       timestamp(3) with time zone not null,
  primary key (flow, partition_name)
);

-- One row: how often the checkpoints changed, and what they add up to.
create table store_state (
  store_id   uuid        not null,
  generation bigint      not null,
  shares     bigint      not null,
  digest     varchar(16) not null
);
