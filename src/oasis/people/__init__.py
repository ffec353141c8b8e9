"""Eyes: users, posts, roles, the scope, the gate and the trail."""
