from other import Other
