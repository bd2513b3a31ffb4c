/*
 * bridge.c - between the server and the core; see bridge.h.
 */
#include "postgres.h"

#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include "catalog/namespace.h"
#include "compat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "bridge.h"
#include "core/host.h"

static void *
allocate(size_t size)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, size,
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

/* As repalloc_huge(), which raises an error when there is no memory. */
static void *
resize(void *memory, size_t used, size_t size)
{
	void	   *larger = MemoryContextAllocExtended(GetMemoryChunkContext(memory), size,
													MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);

	if (larger != NULL)
	{
		memcpy(larger, memory, used);
		pfree(memory);
	}
	return larger;
}

static void
check_for_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

int
anthology_is_interrupted(void)
{
	return (QueryCancelPending || ProcDiePending) && INTERRUPTS_CAN_BE_PROCESSED();
}

void
anthology_bridge_init(void)
{
	anthology_host.allocate = allocate;
	anthology_host.resize = resize;
	anthology_host.release = pfree;
	anthology_host.check = check_for_interrupts;
}

AnthologyText
anthology_bytes(char *data, int length)
{
	AnthologyText view;
	char	   *utf8 = (char *) pg_do_encoding_conversion((unsigned char *) data, length,
														  GetDatabaseEncoding(), PG_UTF8);

	view.data = utf8;
	view.length = utf8 == data ? length : (int) strlen(utf8);
	return view;
}

AnthologyText
anthology_text(text *argument)
{
	return anthology_bytes(VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument));
}

char *
anthology_cstring(const char *utf8, size_t length)
{
	Oid			conversion;
	char	   *result;
	Size		room;

	if (GetDatabaseEncoding() == PG_UTF8 || GetDatabaseEncoding() == PG_SQL_ASCII ||
		!OidIsValid(conversion = FindDefaultConversionProc(PG_UTF8, GetDatabaseEncoding())))
		return pnstrdup(utf8, length);
	room = length * MAX_CONVERSION_GROWTH + 1;
	result = palloc0(room);
	pg_do_encoding_conversion_buf(conversion, PG_UTF8, GetDatabaseEncoding(),
								  (unsigned char *) unconstify(char *, utf8), (int) length,
								  (unsigned char *) result, (int) room, true);
	return result;
}

text *
anthology_text_datum(const char *utf8, size_t length)
{
	unsigned char *bytes = (unsigned char *) unconstify(char *, utf8);
	char	   *data = (char *) pg_do_encoding_conversion(bytes, (int) length, PG_UTF8,
														  GetDatabaseEncoding());
	text	   *result;

	if (data != utf8)
		length = strlen(data);
	result = (text *) palloc(VARHDRSZ + length);
	SET_VARSIZE(result, VARHDRSZ + length);
	if (length > 0)
		memcpy(VARDATA(result), data, length);
	return result;
}

char *
anthology_take_bytes(AnthologyBuffer *buffer, AnthologyStatus status, size_t *length)
{
	char	   *bytes = buffer->data;

	anthology_check_status(status);
	*length = buffer->length;
	anthology_buffer_init(buffer);
	return bytes != NULL ? bytes : palloc(1);
}

text *
anthology_take_buffer(AnthologyBuffer *buffer, AnthologyStatus status)
{
	size_t		length;
	char	   *bytes = anthology_take_bytes(buffer, status, &length);

	return anthology_text_datum(bytes, length);
}

void
anthology_check_status(AnthologyStatus status)
{
	switch (status)
	{
		case ANTHOLOGY_OK:
			return;
		case ANTHOLOGY_OUT_OF_MEMORY:
			ereport(ERROR,
					errcode(ERRCODE_OUT_OF_MEMORY),
					errmsg("out of memory"));
			break;
		case ANTHOLOGY_TOO_LONG:
			ereport(ERROR,
					errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					errmsg("text is too long"));
			break;
		case ANTHOLOGY_ICU_FAILED:
			ereport(ERROR,
					errcode(ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
					errmsg("ICU could not process the text"),
					errhint("Check that ICU's data files match the installed library."));
			break;
	}
	elog(ERROR, "unrecognized core status: %d", (int) status);
}

const char *
anthology_icu_version(void)
{
	static char text[2 * U_MAX_VERSION_STRING_LENGTH + 16];

	if (text[0] == '\0')
	{
		UVersionInfo version;
		char		icu[U_MAX_VERSION_STRING_LENGTH];
		char		unicode[U_MAX_VERSION_STRING_LENGTH];

		u_getVersion(version);
		u_versionToString(version, icu);
		u_getUnicodeVersion(version);
		u_versionToString(version, unicode);
		snprintf(text, sizeof(text), "%s (Unicode %s)", icu, unicode);
	}
	return text;
}
