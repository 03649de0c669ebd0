-- Identity is the platform's: tenants do not see who waits to be let in.
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.device_sign_ins TO app_service;
