/** How a secret's name becomes its value: the providers of the scopes, and the one that Hadoop asks for passwords. */
package dev.ingot.credentials;
