/** Apache Airflow: a static DAG file for each job; Airflow itself needs no part of Ingot. */
package dev.ingot.deploy.airflow;
