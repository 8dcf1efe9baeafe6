COPY (
  WITH flows AS (
    SELECT *, CAST(coalesce(ending.time, last) AS DATE) AS ended,
      left(regexp_replace(broker_host, '[^0-9A-Za-z.:_-]', '_', 'g'), 60) AS named
    FROM read_json({records}, format = 'newline_delimited', columns = {columns})),
  places AS (
    SELECT ended, named, row_number() OVER (ORDER BY count(*) DESC, ended, named) AS place
    FROM flows GROUP BY ended, named)
  SELECT flows.* EXCLUDE (ended, named),
    CASE WHEN place <= {most} THEN ended END AS day,
    CASE WHEN place <= {most} THEN named ELSE 'other' END AS host
  FROM flows JOIN places USING (ended, named))
TO {folder} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day, host), FILENAME_PATTERN '{commit}-{i}')
