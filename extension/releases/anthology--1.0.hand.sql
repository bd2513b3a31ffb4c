-- by hand: TYPE loaded_name
ALTER TYPE loaded_name ADD ATTRIBUTE file_orcid text;
