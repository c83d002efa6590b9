/** Identifiers that everything else uses: table ids, addresses on a storage, hashes of content. */
package dev.ingot.names;
