"""What earlier issues ran and how runs ended: kept in a database, made anew from the shelf when it is lost."""
