/** A Spark application: started with a project's settings or joined as it is, and what it may not tell. */
package dev.ingot.session;
