#!/bin/sh
# Runs earthquakes/prod/earthquakes by spark-submit, as one application.
# Its schedule, for whoever starts it: 0 6 * * * (UTC)
#
#   sh submit-earthquakes.sh [RUN_ID [OPTION...]]
#
#   RUN_ID      the run's name, else INGOT_RUN_ID, else one is made up; a retry under the same name
#               sees the same inputs
#   OPTION      what 'ingot run' takes besides, such as --date 2026-01-31
#   SPARK_HOME  the Spark whose spark-submit it is, else that on the PATH
set -eu

case "${1:-}" in -*)
    echo "submit-earthquakes.sh: the first argument is the run's name, not '$1'" >&2
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
    abfss://jobs@exampleprod.dfs.core.windows.net/ingot/ingot-job_2.12-0.1.0-440f027afccb.jar \
    run --project abfss://jobs@exampleprod.dfs.core.windows.net/ingot/earthquakes-064323beba68.zip --env prod --run-id "$run_id" "$@"
