"""The PostgreSQL that Evenhand brings along, for a landlord who has not pointed DATABASE_URL at one.

place      where its programs, data and socket are
account    whom it runs as when we are root
cluster    making one
roles      who may come in
postmaster starting it, finding it, stopping it, whatever happened last time
keeper     the process it runs under
lease      how the web, a worker or a command says "I am using it"
"""
