grant select on v1_refunds to kassa_reader;
grant select on v1_refund_lines to kassa_reader;
