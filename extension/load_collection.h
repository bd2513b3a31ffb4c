/*
 * load_collection.h - collection files into the tables, many at once.
 */
#ifndef ANTHOLOGY_LOAD_COLLECTION_H
#define ANTHOLOGY_LOAD_COLLECTION_H

/*
 * Reads and stores the files of collections that are not here yet, each table's rows by one
 * statement. files are paths in the data folder, sources their texts. Leaves rows of
 * load_outcome in SPI_tuptable. Raises an error if one of the files is bad: then none of
 * them is stored once the caller's subtransaction is rolled back.
 */
extern void anthology_store_new_collections(int count, const char *const *files,
											const Datum *sources);

#endif							/* ANTHOLOGY_LOAD_COLLECTION_H */
