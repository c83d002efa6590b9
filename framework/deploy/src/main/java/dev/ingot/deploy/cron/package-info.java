/** Schedules the jobs on one machine, with cron or systemd. */
package dev.ingot.deploy.cron;
