/** A project's files as one thing with a name: what a platform is given, and what the record of a run names. */
package dev.ingot.release;
