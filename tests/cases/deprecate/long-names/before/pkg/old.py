from pkg.services.users import UserService as Users
