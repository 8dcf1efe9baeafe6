COPY (
  WITH flows AS (
    SELECT *, CAST(coalesce(ending.time, last) AS DATE) AS ended,
      left(regexp_replace(broker_host, '[^0-9A-Za-z.:_-]', '_', 'g'), 60) AS named
    FROM {flows}),
  days AS (
    SELECT ended, row_number() OVER (ORDER BY count(*) DESC, ended) AS place FROM flows GROUP BY ended),
  hosts AS (
    SELECT ended, named, count(*) AS connections FROM flows GROUP BY ended, named)
  SELECT flows.* EXCLUDE (ended, named),
    CASE WHEN place <= {days} THEN ended END AS day,
    CASE WHEN place <= {days} AND connections >= {many} THEN named ELSE {shared} END AS host
  FROM flows JOIN days USING (ended) JOIN hosts USING (ended, named)
  ORDER BY {order})
TO {folder} ({format}, PARTITION_BY (day, host), FILENAME_PATTERN '{commit}-{i}')
