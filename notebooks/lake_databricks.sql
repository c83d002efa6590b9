-- Databricks notebook source
-- MAGIC %md
-- MAGIC # A look into the lake
-- MAGIC
-- MAGIC The address of the lake is the placeholder of `conf/env/prod.yml`: put yours in its place. Whoever runs the cells needs
-- MAGIC to read files there (in Unity Catalog: `READ FILES` on the external location).
-- MAGIC
-- MAGIC A table of the lake is a folder, `<lake>/<layer>/<table>`.

-- COMMAND ----------

CREATE OR REPLACE TEMPORARY VIEW events AS
SELECT * FROM delta.`abfss://lake@exampleprod.dfs.core.windows.net/earthquakes/silver/events`

-- COMMAND ----------

CREATE OR REPLACE TEMPORARY VIEW quarantine AS
SELECT * FROM delta.`abfss://lake@exampleprod.dfs.core.windows.net/earthquakes/silver/events_quarantine`

-- COMMAND ----------

CREATE OR REPLACE TEMPORARY VIEW runs AS
SELECT * FROM delta.`abfss://lake@exampleprod.dfs.core.windows.net/earthquakes/_ingot/history`

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## A table

-- COMMAND ----------

SELECT event_type, count(*) AS events, round(max(magnitude), 1) AS strongest
FROM events
GROUP BY event_type
ORDER BY events DESC

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## The table through time
-- MAGIC
-- MAGIC Every version stays readable for the table's retention, and says which run made it.

-- COMMAND ----------

DESCRIBE HISTORY delta.`abfss://lake@exampleprod.dfs.core.windows.net/earthquakes/silver/events`

-- COMMAND ----------

-- MAGIC %md
-- MAGIC What it has now that version 0 had not:

-- COMMAND ----------

SELECT event_id, occurred_at, magnitude, place
FROM events
WHERE event_id NOT IN (
  SELECT event_id
  FROM delta.`abfss://lake@exampleprod.dfs.core.windows.net/earthquakes/silver/events` VERSION AS OF 0
)
ORDER BY occurred_at

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## What was kept out
-- MAGIC
-- MAGIC Rows that break a rule are in `<table>_quarantine`, with the names of all rules that they break, and as they were:
-- MAGIC `row` is their JSON.

-- COMMAND ----------

SELECT rule, count(*) AS rows
FROM (SELECT explode(rules) AS rule FROM quarantine)
GROUP BY rule
ORDER BY rows DESC, rule

-- COMMAND ----------

SELECT
  rules,
  get_json_object(row, '$.event_id') AS event_id,
  get_json_object(row, '$.event_type') AS event_type,
  regexp_extract(_source_file, '[^/]+$', 0) AS file
FROM quarantine
ORDER BY event_id

-- COMMAND ----------

-- MAGIC %md
-- MAGIC ## What runs did
-- MAGIC
-- MAGIC One row for each pipeline of each run.

-- COMMAND ----------

SELECT run_id, table, outcome, version_after, rows_in, inserted, updated, quarantined, seconds
FROM runs
ORDER BY started_at DESC, table
