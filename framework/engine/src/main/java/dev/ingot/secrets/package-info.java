/** Secrets: where they are named, and the providers that know their values. A value never has a printable form. */
package dev.ingot.secrets;
