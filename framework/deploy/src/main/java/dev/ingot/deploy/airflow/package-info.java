/** Apache Airflow: a static DAG file for each job, which needs nothing of Ingot where Airflow runs. */
package dev.ingot.deploy.airflow;
