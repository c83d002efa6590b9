/** Identifiers that everything else uses: table ids, addresses on a storage, hashes of content. */
@PublicApi
package dev.ingot.names;

import dev.ingot.api.PublicApi;
