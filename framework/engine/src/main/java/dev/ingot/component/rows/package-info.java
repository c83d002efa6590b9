/** Provides shared expressions over rows: quoted column names, the latest row of a key, key ranges, projections. */
@PublicApi
package dev.ingot.component.rows;

import dev.ingot.api.PublicApi;
