# anthology: author names, abstracts and paper assignments of the ACL Anthology.
#
#   make demo          the main job on a small sample, on a private server
#   make check         every test, on a private server
#   make check-long    the tests that take hours: tests/long
#   make lint          what compilers and analyzers find in the code: nothing
#   make indent        C laid out by pgindent, where PGINDENT names one
#   make tags          an index of the C code for editors, by ctags
#   make deb           a Debian package, in build/
#   make help          this list
#   make && make install && make installcheck     the ordinary PGXS way
#
# PG_CONFIG chooses the server. The others install what they need.

EXTENSION  = anthology
EXTVERSION = $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" anthology.control)

MODULE_big = anthology
OBJS       = $(patsubst %.c,%.o,$(sort $(wildcard extension/*.c extension/core/*.c)))
FRAGMENTS  = $(sort $(wildcard extension/sql/[0-9]*.sql))
INSTALL_SQL = extension/anthology--$(EXTVERSION).sql
# The way from each release to the next. Scripts of released versions are
# committed and never change; the one to the version under development is
# written by extension/generate_upgrade and is committed when it is released.
LAST_RELEASE = $(lastword $(sort $(wildcard tests/releases/anthology--*.sql)))
UPGRADE    = $(LAST_RELEASE:tests/releases/%.sql=extension/%--$(EXTVERSION).sql)
UPGRADES   = $(filter-out $(wildcard extension/upgrades/*.hand.sql),$(wildcard extension/upgrades/*.sql))
DATA       = $(UPGRADES)
DATA_built = $(INSTALL_SQL) $(if $(filter $(notdir $(UPGRADE)),$(notdir $(UPGRADES))),,$(UPGRADE))

REGRESS    = catalog help \
             json_edit export_json \
             name_slug name_normalize name_parts name_similarity name_measures name_operators name_index orcid full_id \
             yaml abstract_plain abstract_configuration abstract_tsvector abstract_words abstract_tsquery \
             load load_layout page views term_statistics abstract_rank abstract_keywords abstract_search copied_statistics \
             evaluation_measures assignment_conflicts \
             issues stage_issues correction_issue \
             judge judge_mixed judge_merges page_parts \
             require_person reassign operations merge verify ingest_names history flags grants record export requests citations html check
REGRESS_OPTS = --inputdir=. --encoding=UTF8 --no-locale --load-extension=anthology
ISOLATION := $(basename $(notdir $(sort $(wildcard tests/isolation/specs/*.spec))))
ISOLATION_OPTS = --inputdir=tests/isolation --outputdir=output_iso --load-extension=anthology
EXTRA_CLEAN = results log tmp_check output_iso regression.diffs regression.out

PG_CPPFLAGS = -I$(srcdir)/extension -DANTHOLOGY_VERSION='"$(EXTVERSION)"' $(shell pkg-config --cflags icu-i18n icu-uc yaml-0.1 libxml-2.0)
# The same program wherever it is built.
PG_CFLAGS   = -Wall -Wextra -Wno-unused-parameter -ffile-prefix-map='$(CURDIR)'=.
SHLIB_LINK  = $(shell pkg-config --libs icu-i18n icu-uc yaml-0.1 libxml-2.0) -lm

# These must work where there is no pg_config yet: their recipes install it
# and call make again, so nothing of PGXS may be read before that.
ALONE = demo check check-long lint deb help tags indent
ifneq ($(filter $(ALONE),$(MAKECMDGOALS)),)
demo check check-long lint:
	@tests/$(subst -,_,$@)
deb:
	@extension/debian/build
help:
	@sed -n '/^#   make/s/^#   //p' Makefile
tags:
	@ctags -R --languages=C -f tags extension tests
indent:
	@tests/indent
.PHONY: $(ALONE)
else
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# Debian's server is built without --enable-depend: a header changes everything.
$(OBJS): $(wildcard extension/*.h extension/core/*.h extension/core/*.inc)

extension/check.o: anthology.control

# A line "\embed FILE" in a fragment stands for what is in the file.
$(INSTALL_SQL): $(FRAGMENTS) $(wildcard extension/html/*)
	awk '$$1 != "\\embed" { print; next } \
		{ lines = 0; while ((getline line < $$2) > 0) { print line; lines++ } \
		  if (!lines) { print FILENAME ": there is no " $$2 > "/dev/stderr"; exit 1 } }' $(FRAGMENTS) > $@

PERL ?= perl
$(UPGRADE): $(LAST_RELEASE) $(wildcard extension/upgrades/*.hand.sql) $(INSTALL_SQL) extension/generate_upgrade
	$(PERL) extension/generate_upgrade $< $(INSTALL_SQL) > $@
.DELETE_ON_ERROR:
endif
