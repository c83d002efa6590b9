-- One row per network. 'input' is silver.event_revisions.
WITH steps AS (
  SELECT
    network,
    event_id,
    status,
    magnitude,
    lag(status) OVER revisions AS status_before,
    lag(magnitude) OVER revisions AS magnitude_before
  FROM input
  WINDOW revisions AS (PARTITION BY event_id ORDER BY updated_at)
)
SELECT
  network,
  count(DISTINCT event_id) AS events,
  count(*) AS revisions,
  count_if(status = 'reviewed' AND status_before = 'automatic') AS reviews,
  count_if(magnitude <> magnitude_before) AS magnitudes_changed,
  round(avg(abs(magnitude - magnitude_before)), 2) AS mean_change,
  round(max(abs(magnitude - magnitude_before)), 2) AS largest_change
FROM steps
GROUP BY network
