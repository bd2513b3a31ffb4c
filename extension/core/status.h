/*
 * status.h - what a core function may answer.
 *
 * The core is plain C on libc and ICU. It never raises an error: it returns
 * one of these, and only the bridge turns it into an ereport.
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
