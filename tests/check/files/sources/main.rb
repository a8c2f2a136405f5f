def method; end
