/*
 * status.h - what a core function returns.
 *
 * The core is plain C on libc and ICU. It never raises an error: only the bridge
 * turns a status into an ereport. A function of the core returns
 *
 *   - AnthologyStatus, if it can fail. Its result goes to a pointer or a buffer.
 *     A function that appends to a buffer returns the buffer's status.
 *   - the result itself, if it cannot fail. An answer to a yes-or-no question is 0 or 1,
 *     or a bool. Its header says which value stands for "nothing".
 *
 * Memory comes from the host (host.h) or from the caller. A function that only needs
 * memory says in its header who frees it; if the host has none, allocate returns NULL
 * and the function ANTHOLOGY_OUT_OF_MEMORY.
 */
#ifndef ANTHOLOGY_CORE_STATUS_H
#define ANTHOLOGY_CORE_STATUS_H

typedef enum AnthologyStatus
{
	ANTHOLOGY_OK = 0,
	ANTHOLOGY_OUT_OF_MEMORY,	/* malloc or ICU could not get memory */
	ANTHOLOGY_TOO_LONG,			/* the result would not fit into an int32 length */
	ANTHOLOGY_ICU_FAILED		/* ICU refused; its data files are missing or broken */
} AnthologyStatus;

#endif							/* ANTHOLOGY_CORE_STATUS_H */
