grant select on v1_order_metadata to kassa_reader;
