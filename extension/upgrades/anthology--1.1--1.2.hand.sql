-- What extension/generate_upgrade cannot tell from the install scripts of 1.1 and 1.2.

-- by hand: TYPE loaded_name
ALTER TYPE loaded_name ADD ATTRIBUTE openreview text, ADD ATTRIBUTE file_openreview text;

-- by hand: TYPE loaded_entry
DROP TYPE loaded_entry;
