-- The tables of an archive for Spark SQL: put its folder, or its URI, in the place of STORE.
CREATE OR REPLACE TEMPORARY VIEW flows USING parquet OPTIONS (path 'STORE/flows', mergeSchema 'true');
CREATE OR REPLACE TEMPORARY VIEW captures USING parquet OPTIONS (path 'STORE/captures', mergeSchema 'true');
CREATE OR REPLACE TEMPORARY VIEW failures USING parquet OPTIONS (path 'STORE/failures', mergeSchema 'true');
