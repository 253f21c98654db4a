from b import Manager
