/** What every part of a run shares: the Spark session, the lake and its storage. */
package dev.ingot.run.context;
