-- The two roles and the database (D14); run once by a PostgreSQL superuser:
--   sudo -u postgres psql -v owner_password=... -v app_password=... -f deploy/roles.sql
CREATE ROLE psea_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE psea_app LOGIN PASSWORD :'app_password';
GRANT psea_app TO psea_owner;
CREATE DATABASE intranet OWNER psea_owner ENCODING 'UTF8' TEMPLATE template0;
\connect intranet
\ir ../intranet/database_rights.sql
