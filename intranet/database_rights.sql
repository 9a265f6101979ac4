-- The rights of the two roles in one database (D14). Run inside that database by a superuser or
-- by psea_owner; running it again changes nothing. The application's role owns nothing: it reads
-- and writes rows, and can neither change a table nor empty one with TRUNCATE.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO psea_app', current_database());
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO psea_app;
GRANT USAGE, CREATE ON SCHEMA public TO psea_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE psea_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO psea_app;
ALTER DEFAULT PRIVILEGES FOR ROLE psea_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO psea_app;
