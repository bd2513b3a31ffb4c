-- what extension/generate_upgrade cannot tell from 1.0 and 1.1 alone

-- by hand: TYPE loaded_name
ALTER TYPE loaded_name ADD ATTRIBUTE file_orcid text;
