/** Secret references, values that never have a printable form, and the redaction of everything that is printed. */
package dev.ingot.secrets;
