/** One machine that runs the jobs by its own clock: by cron, or by systemd. */
package dev.ingot.deploy.cron;
