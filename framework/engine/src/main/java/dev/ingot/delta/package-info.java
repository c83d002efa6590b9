/** Access to Delta tables: identity, properties, versions and maintenance. Independent of pipelines. */
package dev.ingot.delta;
