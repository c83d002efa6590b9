/**
 * Findings as values: a stable code, a place, a reason, the accepted values and a remedy. Every stage collects its
 * findings and throws them together at its end. Depends only on the redaction of secrets.
 */
@PublicApi
package dev.ingot.diagnostics;

import dev.ingot.api.PublicApi;
