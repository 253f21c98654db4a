from old import Old

Legacy = Old
