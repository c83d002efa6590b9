-- Databricks notebook source
-- MAGIC %md
-- MAGIC # Exploring the lake
-- MAGIC
-- MAGIC The address of the lake is the placeholder of `conf/env/prod.yml`: replace it with yours. To run the cells, you need
-- MAGIC read access to the files there (in Unity Catalog: `READ FILES` on the external location).
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
-- MAGIC ## Time travel
-- MAGIC
-- MAGIC Every version stays readable for the table's retention period, and its commit has the id of the run that wrote it.

-- COMMAND ----------

DESCRIBE HISTORY delta.`abfss://lake@exampleprod.dfs.core.windows.net/earthquakes/silver/events`

-- COMMAND ----------

-- MAGIC %md
-- MAGIC The rows that were added after version 0:

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
-- MAGIC ## Quarantine
-- MAGIC
-- MAGIC Rows that violate a rule are in `<table>_quarantine`, with the names of all rules that they violate; `row` is the
-- MAGIC original row as JSON.

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
-- MAGIC ## Run log
-- MAGIC
-- MAGIC One row for each pipeline of each run.

-- COMMAND ----------

SELECT run_id, table, outcome, version_after, rows_in, inserted, updated, quarantined, seconds
FROM runs
ORDER BY started_at DESC, table
