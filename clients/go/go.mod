module kassa.example/clients/go

go 1.19
