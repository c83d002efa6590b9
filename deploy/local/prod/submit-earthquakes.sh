#!/bin/sh
# Runs earthquakes/prod/earthquakes with spark-submit, as one application.
# Its schedule, for the scheduler: 0 6 * * * (UTC)
#
#   sh submit-earthquakes.sh [RUN_ID [OPTION...]]
#
#   RUN_ID      the run id; default: INGOT_RUN_ID, else a generated one; a retry with the same run id
#               reads the same inputs
#   OPTION      another option of 'ingot run', such as --date 2026-01-31
#   SPARK_HOME  the Spark whose spark-submit is used; default: the spark-submit on the PATH
set -eu

case "${1:-}" in -*)
    echo "submit-earthquakes.sh: the first argument is the run id, not '$1'" >&2
    exit 2
    ;;
esac
run_id=${1:-${INGOT_RUN_ID:-$(date -u +%Y%m%dT%H%M%S)-$$}}
[ $# -eq 0 ] || shift

exec "${SPARK_HOME:+$SPARK_HOME/bin/}spark-submit" \
    --name earthquakes/prod/earthquakes \
    --master yarn \
    --deploy-mode cluster \
    --class dev.ingot.cli.JobMain \
    --conf spark.delta.logStore.file.impl=dev.ingot.state.LocalLogStore \
    --conf spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog \
    --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension \
    --conf spark.sql.shuffle.partitions=64 \
    --conf spark.databricks.delta.optimizeWrite.enabled=true \
    abfss://jobs@exampleprod.dfs.core.windows.net/ingot/ingot-job_2.12-0.1.0-cb1bd95945c8.jar \
    run --project abfss://jobs@exampleprod.dfs.core.windows.net/ingot/earthquakes-064323beba68.zip --env prod --run-id "$run_id" "$@"
