/** Describes exactly what a batch reads from a source: files, a range of table versions, a pinned snapshot, a view. */
@PublicApi
package dev.ingot.component.input;

import dev.ingot.api.PublicApi;
