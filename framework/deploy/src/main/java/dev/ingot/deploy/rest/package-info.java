/** Requests to the interfaces of platforms: JSON over HTTP, with what may go wrong on the way told to a person. */
package dev.ingot.deploy.rest;
