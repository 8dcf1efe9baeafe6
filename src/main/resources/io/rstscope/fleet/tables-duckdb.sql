-- The tables of an archive for DuckDB: put its folder in the place of STORE, and read this file first.
CREATE OR REPLACE TEMPORARY VIEW flows AS
SELECT * FROM read_parquet('STORE/flows/*/*/*.parquet', union_by_name = true, hive_partitioning = true,
  hive_types = {'day': DATE, 'host': VARCHAR});
CREATE OR REPLACE TEMPORARY VIEW captures AS
SELECT * FROM read_parquet('STORE/captures/*.parquet', union_by_name = true);
CREATE OR REPLACE TEMPORARY VIEW failures AS
SELECT * FROM read_parquet('STORE/failures/*.parquet', union_by_name = true);
