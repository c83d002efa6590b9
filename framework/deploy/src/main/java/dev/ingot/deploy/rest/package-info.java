/** Sends JSON requests to the REST APIs of platforms, with retries and errors that state reason and remedy. */
package dev.ingot.deploy.rest;
